-- What is not sold by the token: images made, seconds of sound heard, characters spoken.
ALTER TABLE ledger ADD COLUMN images INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ledger ADD COLUMN audio_seconds INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ledger ADD COLUMN characters INTEGER NOT NULL DEFAULT 0;
ALTER TABLE usage_hourly ADD COLUMN images INTEGER NOT NULL DEFAULT 0;
ALTER TABLE usage_hourly ADD COLUMN audio_seconds INTEGER NOT NULL DEFAULT 0;
ALTER TABLE usage_hourly ADD COLUMN characters INTEGER NOT NULL DEFAULT 0;
ALTER TABLE requests ADD COLUMN images INTEGER NOT NULL DEFAULT 0;
ALTER TABLE requests ADD COLUMN audio_seconds INTEGER NOT NULL DEFAULT 0;
ALTER TABLE requests ADD COLUMN characters INTEGER NOT NULL DEFAULT 0;

-- quality/size of the images, by which they are priced.
ALTER TABLE ledger ADD COLUMN image_kind INTEGER NOT NULL DEFAULT 0;
