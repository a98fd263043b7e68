"""What pages are made of: the template components, and the gallery that shows each of them."""
