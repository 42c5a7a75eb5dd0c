"""The map of the industry: places gathered for the scale, regions counted, a picture drawn."""
