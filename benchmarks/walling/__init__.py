"""What the wall benchmark is made of: pictures of virtual phones, a relay that sends them, a page that shows them."""
