"""Stand-ins for the platforms: real servers on loopback that behave as the platforms do, with people to play with."""
