"""What the wall benchmark is made of: pictures of virtual phones, the relay that sends them, the page that shows them."""
