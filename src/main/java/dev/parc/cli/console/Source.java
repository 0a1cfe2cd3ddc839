package dev.parc.cli.console;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Opens what a command uses of the tenant that its options name. */
public interface Source<T> {

    /** Of the tenant of the credential, which is recorded at this path if there is one. */
    T live(Map<String, String> environment, Optional<Path> record, Path data);

    /** Of a snapshot in a folder or zip file. */
    T snapshot(Map<String, String> environment, Path snapshot, Path data);

    /** Of the demo tenant. */
    T demo(Path data);

    /** The same of which only a part is used. */
    default <R> Source<R> map(Function<T, R> part) {
        Source<T> whole = this;
        return new Source<>() {
            @Override
            public R live(Map<String, String> environment, Optional<Path> record, Path data) {
                return part.apply(whole.live(environment, record, data));
            }

            @Override
            public R snapshot(Map<String, String> environment, Path snapshot, Path data) {
                return part.apply(whole.snapshot(environment, snapshot, data));
            }

            @Override
            public R demo(Path data) {
                return part.apply(whole.demo(data));
            }
        };
    }
}
