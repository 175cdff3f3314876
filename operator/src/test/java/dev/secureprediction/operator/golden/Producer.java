package dev.secureprediction.operator.golden;

/** Makes one kind of output file of a scenario. */
interface Producer {

    /** Whether it makes the file of this name. */
    boolean makes(String file);

    /** The file's content. */
    String produce(Scenario scenario, String file);

    /** Makes just one file. */
    static Producer of(String name, java.util.function.Function<Scenario, String> content) {
        return new Producer() {
            @Override
            public boolean makes(String file) {
                return file.equals(name);
            }

            @Override
            public String produce(Scenario scenario, String file) {
                return content.apply(scenario);
            }
        };
    }
}
