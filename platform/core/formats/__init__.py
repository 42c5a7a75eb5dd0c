"""How dates are written, where Django has not what the site wants."""
