"""The program beside the phones: dials the server, shows it what is there, lets only the holder's input through."""
