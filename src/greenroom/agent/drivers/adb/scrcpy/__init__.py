"""scrcpy 3.x: its server started on the phone, video demultiplexed and never decoded, input over its control socket."""
