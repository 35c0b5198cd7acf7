"""scrcpy, version 3.3, as its server runs on a phone: video and control."""
