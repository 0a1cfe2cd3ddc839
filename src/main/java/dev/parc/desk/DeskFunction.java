package dev.parc.desk;

import com.microsoft.azure.functions.ExecutionContext;
import com.microsoft.azure.functions.annotation.BindingName;
import com.microsoft.azure.functions.annotation.FunctionName;
import com.microsoft.azure.functions.annotation.HttpTrigger;
import com.microsoft.azure.functions.annotation.QueueOutput;
import com.microsoft.azure.functions.annotation.QueueTrigger;
import com.microsoft.azure.functions.annotation.TimerTrigger;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A function: a method that annotations bind to a trigger, to parts of it and to outputs. */
final class DeskFunction {

    private final Object instance;
    private final Method method;
    private final String name;

    private DeskFunction(Object instance, Method method, FunctionName name) {
        this.instance = instance;
        this.method = method;
        this.name = name.value();
    }

    /** The functions among the methods of the object. */
    static Stream<DeskFunction> of(Object instance) {
        return Stream.of(instance.getClass().getMethods())
                .flatMap(method -> Optional.ofNullable(method.getAnnotation(FunctionName.class))
                        .map(name -> new DeskFunction(instance, method, name))
                        .stream());
    }

    String name() {
        return name;
    }

    Optional<HttpTrigger> http() {
        return trigger(HttpTrigger.class);
    }

    Optional<QueueTrigger> queue() {
        return trigger(QueueTrigger.class);
    }

    Optional<TimerTrigger> timer() {
        return trigger(TimerTrigger.class);
    }

    private <A extends Annotation> Optional<A> trigger(Class<A> type) {
        return Stream.of(method.getParameters())
                .flatMap(parameter -> Stream.ofNullable(parameter.getAnnotation(type)))
                .findFirst();
    }

    /**
     * Calls it, then hands on what it put out.
     *
     * @param trigger what triggered it: the request, the message, the timer's state
     * @param parts by binding name
     * @param queues takes the name of a queue and a message for it
     * @return what it returns; null for nothing
     * @throws RuntimeException what it throws
     */
    @Nullable Object call(Object trigger, Map<String, Object> parts, BiConsumer<String, String> queues) {
        Map<String, DeskOutput> outputs = new HashMap<>();
        List<@Nullable Object> arguments = new ArrayList<>();
        for (Parameter parameter : method.getParameters()) {
            BindingName part = parameter.getAnnotation(BindingName.class);
            QueueOutput output = parameter.getAnnotation(QueueOutput.class);
            if (part != null) {
                arguments.add(parts.get(part.value()));
            } else if (output != null) {
                arguments.add(outputs.computeIfAbsent(output.queueName(), queue -> new DeskOutput()));
            } else if (parameter.getType() == ExecutionContext.class) {
                arguments.add(new DeskContext(name));
            } else {
                arguments.add(trigger);
            }
        }
        Object answer = invoke(arguments.toArray());
        outputs.forEach((queue, output) -> {
            String value = output.getValue();
            if (value != null) {
                DeskOutput.messages(value).forEach(message -> queues.accept(queue, message));
            }
        });
        return answer;
    }

    private @Nullable Object invoke(@Nullable Object[] arguments) {
        try {
            return method.invoke(instance, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException("the function " + name + " threw", e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("the function " + name + " is not public", e);
        }
    }
}
