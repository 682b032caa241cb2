"""What is put around the functions of frameworks that measure something, one module a framework."""
