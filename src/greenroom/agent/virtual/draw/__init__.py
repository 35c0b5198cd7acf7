"""The model as pictures: letters, icons, sample photographs, and frames that phones of one look share."""
