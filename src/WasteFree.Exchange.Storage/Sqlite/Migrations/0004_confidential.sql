-- What is confidential, by key: asked whenever values are told, and nearly always empty.
CREATE INDEX revision_confidential ON revision (key) WHERE confidentiality > 1;
