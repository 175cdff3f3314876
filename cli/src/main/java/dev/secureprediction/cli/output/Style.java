package dev.secureprediction.cli.output;

/** How a cell looks on a terminal: ECMA-48, Select Graphic Rendition. */
public enum Style {
    PLAIN(""),
    HEAD("1"),
    GOOD("32"),
    ATTENTION("33"),
    BAD("31");

    private final String parameter;

    Style(String parameter) {
        this.parameter = parameter;
    }

    String around(String text) {
        return parameter.isEmpty() ? text : "\u001b[" + parameter + "m" + text + "\u001b[0m";
    }
}
