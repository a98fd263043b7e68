"""What pages, API and command line read from the register, as plain values."""
