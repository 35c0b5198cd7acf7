"""What every room may use: identifiers, clock, chance, errors. Standard library only."""
