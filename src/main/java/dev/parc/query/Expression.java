package dev.parc.query;

/** What a query computes of a row. */
@FunctionalInterface
interface Expression {
    Value of(Row row);
}
