-- Finds the rows that repeated a key's value: who asserts it, also as of an earlier position.
CREATE INDEX revision_affirmed ON revision (key) WHERE kind = 2;
