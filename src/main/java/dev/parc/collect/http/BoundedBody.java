package dev.parc.collect.http;

import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Takes a body up to a size; of a larger one nothing is kept, and the rest of it is not read. */
final class BoundedBody implements BodySubscriber<Optional<byte[]>> {

    private final BodySubscriber<byte[]> bytes = BodySubscribers.ofByteArray();
    private final long limit;
    private long taken;
    private boolean tooLarge;
    private Flow.@Nullable Subscription subscription;

    BoundedBody(long limit) {
        this.limit = limit;
    }

    /** The body, or empty if it was larger. */
    @Override
    public CompletionStage<Optional<byte[]>> getBody() {
        return bytes.getBody().thenApply(body -> tooLarge ? Optional.empty() : Optional.of(body));
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        this.subscription = subscription;
        bytes.onSubscribe(subscription);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        taken += buffers.stream().mapToLong(ByteBuffer::remaining).sum();
        if (taken <= limit) {
            bytes.onNext(buffers);
        } else if (!tooLarge) {
            tooLarge = true;
            if (subscription != null) {
                subscription.cancel();
            }
            bytes.onComplete();
        }
    }

    @Override
    public void onError(Throwable throwable) {
        bytes.onError(throwable);
    }

    @Override
    public void onComplete() {
        bytes.onComplete();
    }
}
