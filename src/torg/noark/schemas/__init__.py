"""The official XSD files: which are known, where this installation keeps them, and how a file is held against one.

The files themselves are the publishers' and are never part of Torg; what stands here are facts about them.
"""
