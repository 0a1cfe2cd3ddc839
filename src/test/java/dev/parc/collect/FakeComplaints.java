package dev.parc.collect;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What was wrong with requests; a server around a tenant can hide the failure itself from the test. */
final class FakeComplaints {

    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();

    void require(boolean holds, String complaint) {
        if (!holds) {
            throw complain(complaint);
        }
    }

    IllegalStateException complain(String complaint) {
        complaints.add(complaint);
        return new IllegalStateException(complaint);
    }

    List<String> all() {
        return List.copyOf(complaints);
    }
}
