import CivilTime
import Outreach

extension Bookkeeper {
    /// Puts a task on its owner's list; one that a stop had cancelled comes back.
    func open(_ task: OutreachTask) throws(StoreError) -> Outcome {
        guard let enrollment = try tables.enrollmentRow(task.enrollment) else { return .refused(.notFound) }
        guard enrollment.state == .active || task.kind == .answer else {
            return .refused(.wrongState(enrollment.state.rawValue))
        }
        let same = try tables.tasks(of: task.enrollment).first { $0.step == task.step && $0.attempt == task.attempt }
        guard let same else { return .row(try tables.insert(task), isNew: true) }
        guard same.state == .cancelled else { return .row(same.id, isNew: false) }
        var again = task
        again.id = same.id
        again.state = .open
        try tables.update(again)
        return .row(same.id, isNew: true)
    }

    func close(
        _ id: Int, state: OutreachTask.State, result: StepResult?, touchpoint: Touchpoint?, at: Instant
    ) throws(StoreError) -> Outcome {
        guard state != .open else { return .refused(.wrongState("open is no end")) }
        if let key = touchpoint?.sourceKey, try tables.hasTouchpoint(sourceKey: key) { return .refused(.duplicate) }
        let outcome = try change(id) {
            $0.state = state
            $0.closedAt = at
            $0.outcome = result?.result
        }
        guard outcome == .done, let task = try tables.taskRow(id) else { return outcome }
        if var result {
            // A parallel task let the way go on already: only its outcome is news.
            if let known = try tables.result(result.enrollment, step: result.step, attempt: result.attempt) {
                result.at = known.at
                result.jump = known.jump
            }
            try tables.put(result)
        }
        if let touchpoint {
            let isForgotten = try tables.personBrief(touchpoint.person)?.isForgotten ?? true
            _ = try note(touchpoint, isForgotten: isForgotten)
        }
        guard var enrollment = try tables.enrollmentRow(task.enrollment), enrollment.state == .active else {
            return .done
        }
        if result != nil { enrollment.isReleased = false }
        enrollment.makeDue(at: at)
        try tables.update(enrollment)
        return .done
    }

    func approve(_ id: Int, sha256: String, at: Instant) throws(StoreError) -> Outcome {
        guard sha256.isSHA256 else { return .refused(.wrongState("the SHA-256 is none")) }
        let outcome = try change(id) {
            $0.state = .done
            $0.closedAt = at
            $0.outcome = "approved"
            $0.approvedSHA256 = sha256
        }
        guard outcome == .done, let task = try tables.taskRow(id),
            var enrollment = try tables.enrollmentRow(task.enrollment), enrollment.state == .active
        else { return outcome }
        enrollment.makeDue(at: at)
        try tables.update(enrollment)
        return .done
    }

    /// Changes an open task.
    func change(_ id: Int, _ change: (inout OutreachTask) -> Void) throws(StoreError) -> Outcome {
        guard var task = try tables.taskRow(id) else { return .refused(.notFound) }
        guard task.state == .open else { return .refused(.wrongState(task.state.rawValue)) }
        change(&task)
        try tables.update(task)
        return .done
    }
}
