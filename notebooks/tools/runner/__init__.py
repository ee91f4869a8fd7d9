"""Runs notebooks in the real Rust kernel and says which cell is at fault."""
