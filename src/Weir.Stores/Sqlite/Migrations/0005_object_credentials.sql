-- Name of the provider's credential that made an object: another one of the same provider may be another account. Null: none was needed, or it was made before this was noted.
ALTER TABLE provider_objects ADD COLUMN credential TEXT;

-- Whether a tenant has more to list.
CREATE INDEX provider_objects_tenant ON provider_objects (tenant, provider, kind, created);
