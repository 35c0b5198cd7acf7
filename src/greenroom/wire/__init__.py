"""What server, agent and wall say to each other: control messages as JSON, pictures and input as bytes. Pure."""
