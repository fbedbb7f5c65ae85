"""Other engines that decide calls: each gets the same policies, in the shape that suits it best."""
