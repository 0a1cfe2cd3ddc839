package dev.parc.collect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What everything that fills a {@link FakeTenant} is made of. */
interface FakeContents {

    /** What the tenant holds. */
    FakeDirectory directory();

    /** Adds to a collection, by its path, and gives back what was added. */
    default ObjectNode add(String path, ObjectNode item) {
        return directory().add(path, item);
    }

    /** The items of a collection, to change them. */
    default List<ObjectNode> collection(String path) {
        return directory().collection(path);
    }

    /** The object itself, to change it. */
    default ObjectNode object(String id) {
        return directory().anything(id).orElseThrow();
    }
}
