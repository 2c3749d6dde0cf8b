"""Tools that draw, train and measure BlipDesk's own tiny demonstration checkpoints."""
