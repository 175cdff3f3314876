package dev.secureprediction.sandbox.cloud.iam;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The projects there are; a resource name may hold a project's id or its number. */
public final class Projects {
    private final Map<String, String> numbersById;
    private final Map<String, String> idsByNumber;

    public Projects(Map<String, String> numbersById) {
        this.numbersById = new TreeMap<>(numbersById);
        this.idsByNumber =
                numbersById.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
    }

    /** Whether there is a project with this id. */
    public boolean exists(String id) {
        return numbersById.containsKey(id);
    }

    /** The number of the project with this id or number. */
    public Optional<String> number(String idOrNumber) {
        return Optional.ofNullable(numbersById.get(id(idOrNumber)));
    }

    /** The id of the project with this id or number; itself when there is none. */
    public String id(String idOrNumber) {
        return idsByNumber.getOrDefault(idOrNumber, idOrNumber);
    }

    /** A resource name with the project's id, the form that state and policies are kept by. */
    public String withId(String resource) {
        return replace(resource, true);
    }

    /** A resource name with the project's number, as Vertex AI answers. */
    public String withNumber(String resource) {
        return replace(resource, false);
    }

    /** The project of a resource name: `projects/ID`. */
    public String of(String resource) {
        String[] parts = withId(resource).split("/", 3);
        return parts.length < 2 ? resource : parts[0] + "/" + parts[1];
    }

    private String replace(String resource, boolean toId) {
        String[] parts = resource.split("/", 3);
        if (parts.length < 2 || !parts[0].equals("projects")) {
            return resource;
        }
        String project = toId ? id(parts[1]) : number(parts[1]).orElse(parts[1]);
        return "projects/" + project + (parts.length == 3 ? "/" + parts[2] : "");
    }
}
