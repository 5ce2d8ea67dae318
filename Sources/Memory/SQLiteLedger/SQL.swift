import Outreach

/// Every statement of the ledger. Values are bound, in the order of their `?`; nothing is ever pasted in.
enum SQL: Int, CaseIterable {
    // The connection
    case beginRead, beginWrite, commit, rollback
    // The ledger itself
    case schemaVersion, checkpoint, meta, birth, newEpoch, countCommit, setWorkspace
    case insertRun, finishRun, runs, lastEpoch, lastRunEnd, insertOutage, outages
    // People
    case person, personRow, personBrief, insertPerson, updatePerson, peopleByIdentity, peopleByAnyIdentity, identities,
        insertIdentity
    case deleteIdentities, peopleInCompany, peopleAtPlace, peopleAtCompanyDomain
    case peopleByName, peopleByNamePrefix, peoplePage
    case company, companyByDomain, companyByName, companyByNameWithoutDomain, insertCompany, updateCompany
    case suppressionsOf, insertSuppression, deleteSuppressions, suppressions
    // Enrollments
    case enrollment, enrollmentsOf, insertEnrollment, updateEnrollment, rescheduleEnrollment, pausesOver, wakeSequence
    case held
    case enrollmentsPage, due, dueAfter, dueCount
    case versionText, versionID, insertVersion, setStepOrder, stepOrder
    case result, putResult, resultsOf
    // Messages
    case message, messageOfStep, messagesOfEnrollment, messagesInState, messagesSending, messagesFinalDot
    case messagesDeferred, messagesUnknown, messagesRejected, hasMessage, messageByID, messagesByProviderID,
        insertMessage,
        updateMessage, endMessage, fence
    case fenced, situation
    case messagesOf, insertFence, countFenced, addProjected, fencesSince, companyFences, sendingDays, projected
    case sendsFenced, sendsRefused, sendCount, bounceCount
    // Tasks
    case task, tasksOfEnrollment, tasksOf, insertTask, updateTask, openTasks, openTasksOfOwner
    case closedTasks, tasksOpened
    // Facts
    case touchpointByKey, insertTouchpoint, blankTouchpoints, moveTouchpoints, touchpointsOf, touchpointsPage
    case putStanding, deleteStanding, standing, standingsDue
    // The workspace
    case putPause, deletePause, pauses, insertSnapshot, insertSnapshotFile, lastSnapshot, snapshotFiles
    case insertConclusion, conclusions
    case deleteOldSnapshotFiles, deleteOldSnapshots
    case putFolder, folder, counts, standingCounts
    // Verification
    case integrity, foreignKeys, fencedDifferences, projectedRows, projectedDays, fencelessMessages, sentWithoutResult
    case blockedPage

    /// Whether it reads or writes tables, rather than steering the connection.
    var hasPlan: Bool {
        switch self {
        case .beginRead, .beginWrite, .commit, .rollback, .schemaVersion, .checkpoint, .integrity, .foreignKeys: false
        default: true
        }
    }

    private static let personColumns = """
        person.id, person.key, person.email, person.facts, person.company_id, person.blocked, person.added_at,
        person.merged_into
        """
    private static let enrollmentColumns = """
        id, person_id, sequence, round, exclusive, version, state, reason, mailbox, enrolled_at, queue, wake_at, tie,
        hold, hold_detail, paused_until, projected, released
        """
    private static let sendColumns = """
        m.id, e.sequence, p.email, m.state, m.reply, coalesce(m.fenced_at, m.date), EXISTS(SELECT 1 FROM touchpoint t
          WHERE t.person_id=p.id AND t.at>=? AND t.kind='bounce.hard' AND t.enrollment_id=m.enrollment_id AND t.step=m.step)
        """
    private static let messageColumns = """
        m.id, m.enrollment_id, m.step, m.state, m.mailbox, m.message_id, m.date, m.sha256, m.attempts, m.retry_at,
        m.fenced_at, m.reply, m.provider_id, m.arm, m.subject, m.epoch
        """
    private static let taskColumns = """
        t.id, t.enrollment_id, t.step, t.try, t.kind, t.owner, t.state, t.due_at, t.opened_at, t.expires_at,
        t.snoozed_until, t.approved_sha256, t.edited_text, t.outcome, t.closed_at
        """
    private static let touchpointColumns =
        "id, person_id, enrollment_id, step, kind, at, recorded_at, source_key, detail"
    private static let personWithCompany =
        "SELECT \(personColumns), company.facts FROM person LEFT JOIN company ON company.id=person.company_id"
    private static let dueFrom =
        "FROM enrollment WHERE state='active' AND sequence=? AND mailbox IS ? AND queue=? AND wake_at<=?"

    private static func messages(in state: String) -> String {
        """
        SELECT \(messageColumns) FROM message m INDEXED BY message_\(state)
        WHERE state='\(state)' AND ?1 IS NOT NULL ORDER BY id LIMIT ?2
        """
    }

    /// The messages in a state: by index where the state is one that somebody waits for.
    static func messages(in state: Message.State) -> SQL {
        switch state {
        case .sending: .messagesSending
        case .finalDot: .messagesFinalDot
        case .deferred: .messagesDeferred
        case .unknown: .messagesUnknown
        case .rejected: .messagesRejected
        case .sent, .cancelled: .messagesInState
        }
    }

    var text: String {
        switch self {
        case .beginRead: "BEGIN"
        case .beginWrite: "BEGIN IMMEDIATE"
        case .commit: "COMMIT"
        case .rollback: "ROLLBACK"

        case .schemaVersion: "PRAGMA user_version"
        case .checkpoint: "PRAGMA wal_checkpoint(TRUNCATE)"
        case .meta: "SELECT workspace, secret, clock, epoch, commits, last_fact FROM meta"
        case .birth: "INSERT INTO meta VALUES(1, ?, ?, ?, 0, 0, NULL)"
        case .newEpoch: "UPDATE meta SET epoch=epoch+1 RETURNING epoch, last_fact"
        case .countCommit:
            "UPDATE meta SET commits=commits+1, last_fact=max(ifnull(last_fact, ?1), ifnull(?1, last_fact)) RETURNING commits"
        case .setWorkspace: "UPDATE meta SET workspace=?, commits=commits+1, epoch=epoch+1 RETURNING commits"
        case .insertRun: "INSERT INTO run(epoch, began, host, pid, version) VALUES(?, ?, ?, ?, ?)"
        case .finishRun: "UPDATE run SET ended=?, counts=?, exit=? WHERE epoch=?"
        case .runs: "SELECT epoch, began, ended, host, pid, version, counts, exit FROM run ORDER BY epoch DESC LIMIT ?"
        case .lastEpoch: "SELECT epoch FROM meta"
        case .lastRunEnd: "SELECT max(ended) FROM run WHERE ended IS NOT NULL"
        case .insertOutage: "INSERT OR IGNORE INTO outage(began, ended) VALUES(?, ?)"
        case .outages: "SELECT began, ended FROM outage WHERE ended>? ORDER BY ended"

        case .person: "\(Self.personWithCompany) WHERE person.id=?"
        case .personRow: "SELECT \(Self.personColumns) FROM person WHERE id=?"
        case .personBrief: "SELECT company_id, key IS NULL FROM person WHERE id=?"
        case .insertPerson:
            """
            INSERT INTO person(key, email, name, place, company_id, facts, blocked, added_at, merged_into)
            VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
        case .updatePerson:
            """
            UPDATE person SET key=?, email=?, name=?, place=?, company_id=?, facts=?, blocked=?, added_at=?, merged_into=?
            WHERE id=?
            """
        case .peopleByIdentity: "SELECT person_id FROM identity WHERE kind=? AND value=? ORDER BY person_id"
        case .peopleByAnyIdentity:
            """
            SELECT DISTINCT person_id FROM identity
            WHERE kind IN('email','key','linkedin','phone') AND value IN(?1, ?2)
            UNION SELECT id FROM person WHERE key IN(?1, ?2) ORDER BY 1 LIMIT ?3
            """
        case .identities: "SELECT kind, value FROM identity WHERE person_id=? ORDER BY kind, value"
        case .insertIdentity: "INSERT OR IGNORE INTO identity(kind, value, person_id) VALUES(?, ?, ?)"
        case .deleteIdentities: "DELETE FROM identity WHERE person_id=?"
        case .peopleInCompany: "SELECT id FROM person WHERE company_id=? ORDER BY id"
        case .peopleAtPlace: "SELECT id FROM person WHERE place=?1 OR (place>?1||'.' AND place<?1||'/')"
        case .peopleAtCompanyDomain:
            """
            SELECT person.id FROM company JOIN person ON person.company_id=company.id
            WHERE (company.place=?1 OR (company.place>?1||'.' AND company.place<?1||'/')) AND person.key IS NOT NULL
            """
        case .peopleByName: "SELECT id FROM person WHERE name=? ORDER BY id LIMIT ?"
        case .peopleByNamePrefix: "SELECT id FROM person WHERE name>=?1 AND name<?1||char(1114111) ORDER BY id LIMIT ?2"
        case .peoplePage: "\(Self.personWithCompany) WHERE person.id>? ORDER BY person.id LIMIT ?"
        case .company: "SELECT id, domain, facts FROM company WHERE id=?"
        case .companyByDomain: "SELECT id, domain, facts FROM company WHERE domain=?"
        case .companyByName: "SELECT id, domain, facts FROM company WHERE name=? ORDER BY id LIMIT 1"
        case .companyByNameWithoutDomain:
            "SELECT id, domain, facts FROM company WHERE name=? AND domain IS NULL ORDER BY id LIMIT 1"
        case .insertCompany: "INSERT INTO company(domain, place, name, facts) VALUES(?, ?, ?, ?)"
        case .updateCompany: "UPDATE company SET domain=?, place=?, name=?, facts=? WHERE id=?"
        case .suppressionsOf:
            "SELECT scope, value, channel, reason, at FROM suppression WHERE scope=? AND value=? ORDER BY channel"
        case .insertSuppression:
            "INSERT OR IGNORE INTO suppression(scope, value, channel, reason, at) VALUES(?, ?, ?, ?, ?)"
        case .deleteSuppressions: "DELETE FROM suppression WHERE scope=? AND value=?"
        case .suppressions: "SELECT scope, value, channel, reason, at FROM suppression ORDER BY scope, value, channel"

        case .enrollment: "SELECT \(Self.enrollmentColumns) FROM enrollment WHERE id=?"
        case .enrollmentsOf: "SELECT \(Self.enrollmentColumns) FROM enrollment WHERE person_id=? ORDER BY id"
        case .insertEnrollment:
            """
            INSERT INTO enrollment(person_id, sequence, round, exclusive, version, state, reason, mailbox, enrolled_at,
              queue, wake_at, tie, hold, hold_detail, paused_until, projected, released)
            VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
        case .updateEnrollment:
            """
            UPDATE enrollment SET person_id=?, round=?, version=?, state=?, reason=?, mailbox=?, queue=?, wake_at=?,
              hold=?, hold_detail=?, paused_until=?, projected=?, released=? WHERE id=?
            """
        case .rescheduleEnrollment:
            """
            UPDATE enrollment SET mailbox=?, queue=?, wake_at=?, hold=?, hold_detail=?, projected=?, released=? WHERE id=?
            """
        case .pausesOver:
            """
            SELECT id FROM enrollment INDEXED BY enrollment_paused WHERE state='paused' AND paused_until<=? ORDER BY id
            """
        case .wakeSequence:
            """
            UPDATE enrollment SET wake_at=?, queue=CASE WHEN mailbox IS NULL THEN 2 ELSE 0 END
            WHERE sequence=? AND state='active'
            """
        case .held:
            """
            SELECT \(Self.enrollmentColumns) FROM enrollment INDEXED BY enrollment_held
            WHERE hold IS NOT NULL AND state='active' ORDER BY id LIMIT ?
            """
        case .enrollmentsPage:
            """
            SELECT \(Self.enrollmentColumns) FROM enrollment
            WHERE id>?1 AND (?2 IS NULL OR sequence=?2) AND (?3 IS NULL OR state=?3) ORDER BY id LIMIT ?4
            """
        case .due: "SELECT \(Self.enrollmentColumns) \(Self.dueFrom) ORDER BY wake_at, tie, id LIMIT ?"
        case .dueAfter:
            """
            SELECT \(Self.enrollmentColumns) \(Self.dueFrom) AND (wake_at, tie, id)>(?, ?, ?)
            ORDER BY wake_at, tie, id LIMIT ?
            """
        case .dueCount: "SELECT count(*) \(Self.dueFrom)"
        case .versionText: "SELECT version FROM sequence_version WHERE id=?"
        case .versionID: "SELECT id FROM sequence_version WHERE version=?"
        case .insertVersion: "INSERT INTO sequence_version(version, sequence, step_order, used_at) VALUES(?, ?, ?, ?)"
        case .setStepOrder: "UPDATE sequence_version SET sequence=?, step_order=?, used_at=? WHERE id=?"
        case .stepOrder: "SELECT step_order FROM sequence_version WHERE version=?"
        case .result:
            "SELECT enrollment_id, step, try, result, at, jump FROM step_result WHERE enrollment_id=? AND step=? AND try=?"
        case .putResult:
            """
            INSERT INTO step_result(enrollment_id, step, try, result, at, jump) VALUES(?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET result=excluded.result, at=excluded.at, jump=excluded.jump
            """
        case .resultsOf:
            """
            SELECT r.enrollment_id, r.step, r.try, r.result, r.at, r.jump FROM enrollment e
            JOIN step_result r ON r.enrollment_id=e.id WHERE e.person_id=? ORDER BY r.at, r.try, r.enrollment_id, r.step
            """

        case .message: "SELECT \(Self.messageColumns) FROM message m WHERE id=?"
        case .messageOfStep: "SELECT \(Self.messageColumns) FROM message m WHERE enrollment_id=? AND step=?"
        case .messagesOfEnrollment: "SELECT \(Self.messageColumns) FROM message m WHERE enrollment_id=? ORDER BY id"
        case .messagesInState: "SELECT \(Self.messageColumns) FROM message m WHERE state=?1 ORDER BY id LIMIT ?2"
        // A partial index serves only what is written out.
        case .messagesSending: Self.messages(in: "sending")
        case .messagesFinalDot: Self.messages(in: "final_dot")
        case .messagesDeferred: Self.messages(in: "deferred")
        case .messagesUnknown: Self.messages(in: "unknown")
        case .messagesRejected: Self.messages(in: "rejected")
        case .hasMessage: "SELECT 1 FROM message WHERE message_id=?"
        case .messageByID: "SELECT \(Self.messageColumns) FROM message m WHERE message_id=?"
        case .messagesByProviderID: "SELECT \(Self.messageColumns) FROM message m WHERE provider_id=? LIMIT 2"
        case .insertMessage:
            """
            INSERT INTO message(enrollment_id, step, state, mailbox, message_id, date, sha256, attempts, retry_at,
              fenced_at, reply, provider_id, arm, subject, epoch)
            SELECT id, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15 FROM enrollment
            WHERE id=?1 AND state='active' ON CONFLICT DO NOTHING
            """
        case .updateMessage:
            """
            UPDATE message SET state=?, mailbox=?, date=?, sha256=?, attempts=?, retry_at=?, fenced_at=?, reply=?,
              provider_id=?, arm=?, subject=?, epoch=? WHERE id=?
            """
        case .endMessage: "UPDATE message SET state=?, reply=?, provider_id=?, retry_at=? WHERE id=?"
        case .fence: "UPDATE message SET state='final_dot', fenced_at=? WHERE id=? AND state='sending' AND epoch=?"
        case .fenced:
            """
            SELECT e.id, m.mailbox, m.attempts, p.company_id, e.projected IS NOT NULL
            FROM message m JOIN enrollment e ON e.id=m.enrollment_id JOIN person p ON p.id=e.person_id WHERE m.id=?
            """
        case .situation:
            """
            SELECT \(Self.messageColumns), e.id, e.person_id, e.sequence, e.round, e.exclusive, e.version, e.state, e.reason,
              e.mailbox, e.enrolled_at, e.queue, e.wake_at, e.tie, e.hold, e.hold_detail, e.paused_until, e.projected, e.released,
              p.company_id, p.key IS NULL
            FROM message m JOIN enrollment e ON e.id=m.enrollment_id JOIN person p ON p.id=e.person_id WHERE m.id=?
            """
        case .messagesOf:
            """
            SELECT \(Self.messageColumns) FROM enrollment e JOIN message m ON m.enrollment_id=e.id
            WHERE e.person_id=? ORDER BY m.id
            """
        case .insertFence: "INSERT INTO fence(mailbox, at, message_id, try, day, company_id) VALUES(?, ?, ?, ?, ?, ?)"
        case .countFenced:
            "INSERT INTO mailbox_day(mailbox, day, fenced) VALUES(?, ?, 1) ON CONFLICT DO UPDATE SET fenced=fenced+1"
        case .addProjected:
            """
            INSERT INTO mailbox_day(mailbox, day, projected) VALUES(?, ?, ?)
            ON CONFLICT DO UPDATE SET projected=projected+excluded.projected
            """
        case .fencesSince: "SELECT at FROM fence WHERE mailbox=? AND at>=? ORDER BY at"
        case .sendsFenced:
            """
            SELECT DISTINCT \(Self.sendColumns) FROM fence f JOIN message m ON m.id=f.message_id
            JOIN enrollment e ON e.id=m.enrollment_id JOIN person p ON p.id=e.person_id
            WHERE f.mailbox=? AND f.at>=? AND m.fenced_at IS NOT NULL
            """
        case .sendsRefused:
            """
            SELECT \(Self.sendColumns) FROM message m JOIN enrollment e ON e.id=m.enrollment_id
            JOIN person p ON p.id=e.person_id
            WHERE m.state='rejected' AND m.mailbox=? AND m.date>=? AND m.fenced_at IS NULL
            """
        case .sendCount:
            """
            SELECT (SELECT count(DISTINCT message_id) FROM fence WHERE mailbox=?1 AND at>=?2)
              + (SELECT count(*) FROM message INDEXED BY message_rejected
                WHERE state='rejected' AND mailbox=?1 AND date>=?2 AND fenced_at IS NULL)
            """
        case .bounceCount:
            """
            SELECT count(DISTINCT m.id) FROM touchpoint t INDEXED BY touchpoint_bounced
            JOIN message m ON m.enrollment_id=t.enrollment_id AND m.step=t.step
            WHERE t.kind='bounce.hard' AND t.at>=?2 AND m.mailbox=?1
              AND (m.fenced_at>=?2 OR (m.state='rejected' AND m.fenced_at IS NULL AND m.date>=?2))
            """
        case .companyFences:
            """
            SELECT company_id, count(*) FROM fence WHERE mailbox=? AND at>=? AND company_id IS NOT NULL
            GROUP BY company_id
            """
        case .sendingDays: "SELECT count(*) FROM mailbox_day WHERE mailbox=? AND day<? AND fenced>0"
        case .projected:
            "SELECT day, projected FROM mailbox_day WHERE mailbox=? AND day BETWEEN ? AND ? AND projected<>0"

        case .task: "SELECT \(Self.taskColumns) FROM task t WHERE id=?"
        case .tasksOfEnrollment: "SELECT \(Self.taskColumns) FROM task t WHERE enrollment_id=? ORDER BY id"
        case .tasksOf:
            """
            SELECT \(Self.taskColumns) FROM enrollment e JOIN task t ON t.enrollment_id=e.id
            WHERE e.person_id=? ORDER BY t.id
            """
        case .insertTask:
            """
            INSERT INTO task(enrollment_id, step, try, kind, owner, state, due_at, opened_at, expires_at, snoozed_until,
              approved_sha256, edited_text, outcome, closed_at) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """
        case .updateTask:
            """
            UPDATE task SET kind=?, owner=?, state=?, due_at=?, opened_at=?, expires_at=?, snoozed_until=?,
              approved_sha256=?, edited_text=?, outcome=?, closed_at=? WHERE id=?
            """
        case .openTasks:
            """
            SELECT \(Self.taskColumns) FROM task t JOIN enrollment e ON e.id=t.enrollment_id
            WHERE t.state='open' AND (e.state<>'paused' OR t.kind='answer') ORDER BY t.due_at, t.id
            """
        case .openTasksOfOwner:
            """
            SELECT \(Self.taskColumns) FROM task t JOIN enrollment e ON e.id=t.enrollment_id
            WHERE t.state='open' AND t.owner=? AND (e.state<>'paused' OR t.kind='answer') ORDER BY t.due_at, t.id
            """
        case .closedTasks:
            "SELECT \(Self.taskColumns) FROM task t WHERE t.state<>'open' AND t.closed_at>=? ORDER BY t.id"
        case .tasksOpened: "SELECT count(*) FROM task WHERE owner=? AND kind=? AND opened_at>=?"

        case .touchpointByKey: "SELECT 1 FROM touchpoint WHERE source_key=?"
        case .insertTouchpoint:
            """
            INSERT INTO touchpoint(person_id, enrollment_id, step, kind, at, recorded_at, source_key, detail)
            VALUES(?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(source_key) DO NOTHING
            """
        case .blankTouchpoints: "UPDATE touchpoint SET detail=NULL, source_key=NULL WHERE person_id=?"
        case .moveTouchpoints: "UPDATE touchpoint SET person_id=? WHERE person_id=?"
        case .touchpointsOf: "SELECT \(Self.touchpointColumns) FROM touchpoint WHERE person_id=? ORDER BY at, id"
        case .touchpointsPage: "SELECT \(Self.touchpointColumns) FROM touchpoint WHERE id>? ORDER BY id LIMIT ?"
        case .putStanding:
            """
            INSERT INTO standing(person_id, rules, fit, intent, temperature, stage, next_change_at)
            VALUES(?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET rules=excluded.rules, fit=excluded.fit,
              intent=excluded.intent, temperature=excluded.temperature, stage=excluded.stage,
              next_change_at=excluded.next_change_at
            """
        case .deleteStanding: "DELETE FROM standing WHERE person_id=?"
        case .standing: "SELECT rules, fit, intent, temperature, stage, next_change_at FROM standing WHERE person_id=?"
        case .standingsDue:
            "SELECT person_id FROM standing WHERE next_change_at<=? ORDER BY next_change_at, person_id LIMIT ?"

        case .putPause:
            """
            INSERT INTO pause(kind, name, until, reason) VALUES(?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET until=excluded.until, reason=excluded.reason
            """
        case .deletePause: "DELETE FROM pause WHERE kind=? AND name=?"
        case .pauses: "SELECT kind, name, until, reason FROM pause ORDER BY kind, name"
        case .insertSnapshot: "INSERT INTO snapshot(hash, applied_at) VALUES(?, ?)"
        case .insertSnapshotFile: "INSERT INTO snapshot_file(snapshot_id, path, octets) VALUES(?, ?, ?)"
        case .deleteOldSnapshotFiles: "DELETE FROM snapshot_file WHERE snapshot_id<?"
        case .deleteOldSnapshots: "DELETE FROM snapshot WHERE id<?"
        case .lastSnapshot: "SELECT id, hash FROM snapshot ORDER BY id DESC LIMIT 1"
        case .snapshotFiles: "SELECT path, octets FROM snapshot_file WHERE snapshot_id=? ORDER BY path"
        case .insertConclusion:
            "INSERT OR IGNORE INTO conclusion(sequence, step, templates, arm, at) VALUES(?, ?, ?, ?, ?)"
        case .conclusions:
            "SELECT sequence, step, templates, arm, at FROM conclusion ORDER BY sequence, step, templates"
        case .putFolder:
            """
            INSERT INTO folder(mailbox, name, uidvalidity, uid, read_at) VALUES(?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET uidvalidity=excluded.uidvalidity, uid=excluded.uid, read_at=excluded.read_at
            """
        case .folder: "SELECT uidvalidity, uid, read_at FROM folder WHERE mailbox=? AND name=?"
        case .counts:
            """
            SELECT 'people', count(*) FROM person WHERE key IS NOT NULL
            UNION ALL SELECT 'forgotten', count(*) FROM person WHERE key IS NULL AND merged_into IS NULL
            UNION ALL SELECT state, count(*) FROM enrollment GROUP BY state
            UNION ALL SELECT 'held', count(*) FROM enrollment WHERE hold IS NOT NULL AND state='active'
            UNION ALL SELECT 'message.'||state, count(*) FROM message GROUP BY state
            UNION ALL SELECT 'tasks', count(*) FROM task WHERE state='open'
            UNION ALL SELECT 'touchpoints', count(*) FROM touchpoint
            """

        case .standingCounts: "SELECT stage, temperature, count(*) FROM standing GROUP BY stage, temperature"

        case .integrity: "PRAGMA integrity_check(20)"
        case .foreignKeys: "PRAGMA foreign_key_check"
        case .fencedDifferences:
            """
            SELECT mailbox, day, sum(stored), sum(counted) FROM (
              SELECT mailbox, day, fenced AS stored, 0 AS counted FROM mailbox_day
              UNION ALL SELECT mailbox, day, 0, 1 FROM fence)
            GROUP BY mailbox, day HAVING sum(stored)<>sum(counted)
            """
        case .projectedRows: "SELECT id, mailbox, projected FROM enrollment WHERE projected IS NOT NULL"
        case .projectedDays: "SELECT mailbox, day, projected FROM mailbox_day WHERE projected<>0"
        case .fencelessMessages:
            """
            SELECT id FROM message m WHERE state IN('final_dot','sent','unknown')
            AND NOT EXISTS(SELECT 1 FROM fence f WHERE f.mailbox=m.mailbox AND f.at=m.fenced_at AND f.message_id=m.id)
            """
        case .sentWithoutResult:
            """
            SELECT id FROM message m WHERE state='sent'
            AND NOT EXISTS(SELECT 1 FROM step_result r WHERE r.enrollment_id=m.enrollment_id AND r.step=m.step)
            """
        case .blockedPage: "SELECT \(Self.personColumns) FROM person WHERE id>? AND key IS NOT NULL ORDER BY id LIMIT ?"
        }
    }
}
