"""What a person writes down by hand (innhenting for hånd), for places that have no API, such as closed groups."""
