"""What the records room asks of conversations and posts; `config/wiring.py` names these modules."""
