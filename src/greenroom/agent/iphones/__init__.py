"""Real iPhones on this computer's USB: brought up step by step by go-ios, an external program, and kept up."""
