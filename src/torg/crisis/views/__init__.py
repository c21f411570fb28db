"""Pages of the crisis room: big and clear, and nothing on them that is not needed in a crisis."""
