package dev.secureprediction.operator.probe;

import java.util.regex.Pattern;

/** What a model may say its version is; it stands in statuses and records, so a text of another form is none. */
final class VersionName {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,62}");

    private VersionName() {}

    static boolean isOne(String said) {
        return FORM.matcher(said).matches();
    }
}
