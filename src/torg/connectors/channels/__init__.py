"""One folder a platform; delete the folder, and the platform is gone."""
