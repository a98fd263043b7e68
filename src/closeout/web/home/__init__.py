"""The first screen, the pages about the site itself, and the gallery of components."""
