/// The tables of a ledger, and the numbered steps that lead to them.
package struct Schema: Sendable {
    /// Each step's statements; the ledger's version is the number of steps it has behind it.
    package var steps: [String]

    package init(steps: [String]) { self.steps = steps }

    /// What this version of Stoke writes.
    package static let current = Schema(steps: [birth, providerIDs, conclusions, bounces])

    /// The version it leads to.
    package var version: Int { steps.count }

    static let connectionPragmas = """
        PRAGMA recursive_triggers=ON; PRAGMA temp_store=MEMORY; PRAGMA cell_size_check=ON; PRAGMA cache_size=-4000;
        """
    static let writerPragmas = """
        PRAGMA cache_size=-16000; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;
        """

    /// A mailbox is judged by its bounces after each that comes in: they are found without reading what was sent. A day's
    /// fences are counted by company in one walk, which costs a send less than an index on them.
    static let bounces = """
        CREATE INDEX touchpoint_bounced ON touchpoint(at) WHERE kind='bounce.hard';
        DROP INDEX fence_company;
        """

    /// Providers that give a message an id of their own name it in their reply, and later that one alone.
    static let conclusions = """
        CREATE TABLE conclusion(sequence TEXT NOT NULL, step TEXT NOT NULL, templates TEXT NOT NULL, arm TEXT NOT NULL,
          at INTEGER NOT NULL, PRIMARY KEY(sequence,step,templates)) STRICT, WITHOUT ROWID;
        """

    static let providerIDs = """
        ALTER TABLE message ADD COLUMN provider_id TEXT;
        CREATE INDEX message_provider_id ON message(provider_id) WHERE provider_id IS NOT NULL;
        """

    /// Facts first, then what is derived from them. Instants are UTC seconds, days count from 1970-01-01.
    ///
    /// The checks spell their alternatives out: for an IN of more than two values SQLite builds a table each time a row
    /// is checked, which was half of what a message cost.
    static let birth = """
        CREATE TABLE meta(one INTEGER PRIMARY KEY CHECK(one=1), workspace BLOB NOT NULL CHECK(length(workspace)=16),
          secret BLOB NOT NULL CHECK(length(secret)=32), clock TEXT NOT NULL CHECK(clock IN('real','pretend')),
          epoch INTEGER NOT NULL, commits INTEGER NOT NULL, last_fact INTEGER) STRICT;
        CREATE TABLE run(epoch INTEGER PRIMARY KEY, began INTEGER NOT NULL, ended INTEGER, host TEXT NOT NULL,
          pid INTEGER NOT NULL, version TEXT NOT NULL, counts TEXT, exit INTEGER) STRICT;
        CREATE INDEX run_ended ON run(ended) WHERE ended IS NOT NULL;
        CREATE TABLE outage(ended INTEGER PRIMARY KEY, began INTEGER NOT NULL CHECK(began<ended)) STRICT;

        CREATE TABLE company(id INTEGER PRIMARY KEY, domain TEXT UNIQUE, place TEXT, name TEXT,
          facts TEXT NOT NULL CHECK(substr(facts,1,1)='{')) STRICT;
        CREATE INDEX company_place ON company(place) WHERE place IS NOT NULL;
        CREATE INDEX company_name ON company(name) WHERE name IS NOT NULL;
        CREATE TABLE person(id INTEGER PRIMARY KEY, key TEXT UNIQUE, email TEXT, name TEXT, place TEXT,
          company_id INTEGER REFERENCES company, facts TEXT NOT NULL CHECK(substr(facts,1,1)='{'), blocked INTEGER NOT NULL,
          added_at INTEGER NOT NULL, merged_into INTEGER REFERENCES person,
          CHECK(key IS NOT NULL OR (email IS NULL AND name IS NULL AND place IS NULL AND facts='{}'))) STRICT;
        CREATE INDEX person_name ON person(name) WHERE name IS NOT NULL;
        CREATE INDEX person_place ON person(place) WHERE place IS NOT NULL;
        CREATE INDEX person_company ON person(company_id) WHERE company_id IS NOT NULL;
        CREATE TABLE identity(kind TEXT NOT NULL
            CHECK(kind='email' OR kind='linkedin' OR kind='phone' OR kind='key'), value TEXT NOT NULL,
          person_id INTEGER NOT NULL REFERENCES person, PRIMARY KEY(kind,value,person_id)) STRICT, WITHOUT ROWID;
        CREATE INDEX identity_person ON identity(person_id);
        CREATE TABLE suppression(scope TEXT NOT NULL
            CHECK(scope='address' OR scope='domain' OR scope='phone' OR scope='linkedin' OR scope='keyed_hash'),
          value TEXT NOT NULL, channel TEXT NOT NULL, reason TEXT NOT NULL, at INTEGER NOT NULL,
          PRIMARY KEY(scope,value,channel)) STRICT, WITHOUT ROWID;

        CREATE TABLE sequence_version(id INTEGER PRIMARY KEY, version TEXT NOT NULL UNIQUE, sequence TEXT NOT NULL,
          step_order TEXT CHECK(substr(step_order,1,1)='['), used_at INTEGER NOT NULL) STRICT;
        CREATE TABLE enrollment(id INTEGER PRIMARY KEY, person_id INTEGER NOT NULL REFERENCES person, sequence TEXT NOT NULL,
          round INTEGER NOT NULL, exclusive INTEGER NOT NULL, version INTEGER NOT NULL REFERENCES sequence_version,
          state TEXT NOT NULL CHECK(state='active' OR state='paused' OR state='stopped' OR state='finished'),
          reason TEXT, mailbox TEXT,
          enrolled_at INTEGER NOT NULL, paused_until INTEGER, tie INTEGER NOT NULL,
          queue INTEGER NOT NULL CHECK(queue BETWEEN 0 AND 2), wake_at INTEGER NOT NULL, hold TEXT, hold_detail TEXT,
          projected TEXT, released INTEGER NOT NULL, UNIQUE(person_id,sequence,round)) STRICT;
        CREATE UNIQUE INDEX enrollment_exclusive ON enrollment(person_id) WHERE exclusive=1 AND state IN('active','paused');
        CREATE INDEX enrollment_due ON enrollment(sequence,mailbox,queue,wake_at,tie) WHERE state='active';
        CREATE INDEX enrollment_held ON enrollment(id) WHERE hold IS NOT NULL AND state='active';
        CREATE INDEX enrollment_paused ON enrollment(paused_until) WHERE state='paused' AND paused_until IS NOT NULL;
        CREATE TABLE step_result(enrollment_id INTEGER NOT NULL REFERENCES enrollment, step TEXT NOT NULL,
          try INTEGER NOT NULL, result TEXT NOT NULL, at INTEGER NOT NULL, jump TEXT,
          PRIMARY KEY(enrollment_id,step,try)) STRICT, WITHOUT ROWID;
        CREATE TABLE message(id INTEGER PRIMARY KEY, enrollment_id INTEGER NOT NULL REFERENCES enrollment,
          step TEXT NOT NULL, state TEXT NOT NULL
            CHECK(state='sending' OR state='final_dot' OR state='sent' OR state='deferred'
              OR state='rejected' OR state='unknown' OR state='cancelled'),
          epoch INTEGER NOT NULL, mailbox TEXT NOT NULL, message_id TEXT NOT NULL UNIQUE, date INTEGER NOT NULL,
          sha256 BLOB NOT NULL CHECK(length(sha256)=32), attempts INTEGER NOT NULL, retry_at INTEGER, fenced_at INTEGER,
          reply TEXT, arm TEXT, subject TEXT, UNIQUE(enrollment_id,step),
          CHECK((state<>'final_dot' AND state<>'sent' AND state<>'unknown') OR fenced_at IS NOT NULL)) STRICT;
        CREATE INDEX message_sending ON message(state) WHERE state='sending';
        CREATE INDEX message_final_dot ON message(state) WHERE state='final_dot';
        CREATE INDEX message_deferred ON message(state) WHERE state='deferred';
        CREATE INDEX message_unknown ON message(state) WHERE state='unknown';
        CREATE INDEX message_rejected ON message(state) WHERE state='rejected';
        CREATE TABLE fence(mailbox TEXT NOT NULL, at INTEGER NOT NULL, message_id INTEGER NOT NULL,
          try INTEGER NOT NULL, day INTEGER NOT NULL, company_id INTEGER,
          PRIMARY KEY(mailbox,at,message_id,try)) STRICT, WITHOUT ROWID;
        CREATE INDEX fence_company ON fence(mailbox,company_id,at) WHERE company_id IS NOT NULL;
        CREATE TABLE task(id INTEGER PRIMARY KEY, enrollment_id INTEGER NOT NULL REFERENCES enrollment, step TEXT NOT NULL,
          try INTEGER NOT NULL, kind TEXT NOT NULL, owner TEXT NOT NULL,
          state TEXT NOT NULL
            CHECK(state='open' OR state='done' OR state='skipped' OR state='expired' OR state='cancelled'), due_at INTEGER NOT NULL,
          opened_at INTEGER NOT NULL, expires_at INTEGER, snoozed_until INTEGER, approved_sha256 BLOB, edited_text TEXT,
          outcome TEXT, closed_at INTEGER, UNIQUE(enrollment_id,step,try)) STRICT;
        CREATE INDEX task_opened ON task(owner,kind,opened_at);
        CREATE INDEX task_open ON task(due_at) WHERE state='open';

        CREATE TABLE touchpoint(id INTEGER PRIMARY KEY, person_id INTEGER NOT NULL REFERENCES person,
          enrollment_id INTEGER, step TEXT, kind TEXT NOT NULL, at INTEGER NOT NULL, recorded_at INTEGER NOT NULL,
          source_key TEXT UNIQUE, detail TEXT CHECK(substr(detail,1,1)='{')) STRICT;
        CREATE INDEX touchpoint_person ON touchpoint(person_id,at);
        CREATE TRIGGER touchpoint_keep BEFORE DELETE ON touchpoint BEGIN SELECT raise(ABORT,'append-only'); END;
        CREATE TRIGGER touchpoint_fixed BEFORE UPDATE ON touchpoint WHEN NOT(
          NEW.id=OLD.id AND NEW.kind=OLD.kind AND NEW.at=OLD.at AND NEW.recorded_at=OLD.recorded_at
          AND NEW.enrollment_id IS OLD.enrollment_id AND NEW.step IS OLD.step AND (
            (NEW.person_id=OLD.person_id AND NEW.detail IS NULL AND NEW.source_key IS NULL)
            OR (NEW.detail IS OLD.detail AND NEW.source_key IS OLD.source_key
              AND NEW.person_id IS (SELECT merged_into FROM person WHERE id=OLD.person_id))))
          BEGIN SELECT raise(ABORT,'append-only'); END;

        CREATE TABLE pause(kind TEXT NOT NULL CHECK(kind IN('mailbox','sequence')), name TEXT NOT NULL, until INTEGER,
          reason TEXT NOT NULL, PRIMARY KEY(kind,name)) STRICT, WITHOUT ROWID;
        CREATE TABLE folder(mailbox TEXT NOT NULL, name TEXT NOT NULL, uidvalidity INTEGER NOT NULL, uid INTEGER NOT NULL,
          read_at INTEGER NOT NULL, PRIMARY KEY(mailbox,name)) STRICT, WITHOUT ROWID;
        CREATE TABLE snapshot(id INTEGER PRIMARY KEY, hash TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT;
        CREATE TABLE snapshot_file(snapshot_id INTEGER NOT NULL REFERENCES snapshot, path TEXT NOT NULL,
          octets BLOB NOT NULL, PRIMARY KEY(snapshot_id,path)) STRICT, WITHOUT ROWID;

        CREATE TABLE mailbox_day(mailbox TEXT NOT NULL, day INTEGER NOT NULL, fenced INTEGER NOT NULL DEFAULT 0,
          projected INTEGER NOT NULL DEFAULT 0, PRIMARY KEY(mailbox,day)) STRICT, WITHOUT ROWID;
        CREATE TABLE standing(person_id INTEGER PRIMARY KEY REFERENCES person, rules TEXT NOT NULL, fit INTEGER,
          intent REAL NOT NULL, temperature TEXT NOT NULL, stage TEXT NOT NULL, next_change_at INTEGER) STRICT;
        CREATE INDEX standing_next ON standing(next_change_at) WHERE next_change_at IS NOT NULL;
        """
}
