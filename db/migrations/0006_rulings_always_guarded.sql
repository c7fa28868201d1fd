-- As with the audit log: not even a session that plays the replica skips these.
ALTER TABLE rulings ENABLE ALWAYS TRIGGER b_append_only;
--> statement-breakpoint
ALTER TABLE rulings ENABLE ALWAYS TRIGGER c_append_only;
