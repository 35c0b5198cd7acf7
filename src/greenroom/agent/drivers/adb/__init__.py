"""Android over the adb server: an own client of its sockets, never a process for an action."""
