-- Labels of every call with a key (a JSON object), and those that its callers may set themselves (a JSON array: name, or name=value).
ALTER TABLE virtual_keys ADD COLUMN labels TEXT NOT NULL DEFAULT '{}';
ALTER TABLE virtual_keys ADD COLUMN allow_labels TEXT NOT NULL DEFAULT '[]';
