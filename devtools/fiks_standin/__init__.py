"""An archive that speaks Fiks Arkiv over a shared folder, for tests: it validates, numbers, answers and refuses."""
