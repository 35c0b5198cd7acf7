"""What a virtual phone shows and does, pure: no sockets, no clock but what it is told, no chance but a seed."""
