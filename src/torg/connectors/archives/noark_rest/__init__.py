"""The Noark 5 service interface (tjenestegrensesnitt 1.1), as nikita implements it."""
