"""Force packs: the names, numbers, words and colours a force fills in."""
