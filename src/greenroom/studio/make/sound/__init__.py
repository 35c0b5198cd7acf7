"""The sound track: a synthesised bed ducked under the voice, brought to one loudness and limited, as AAC."""
