package dev.secureprediction.operator.cloud.google;

import com.google.iam.admin.v1.CreateServiceAccountRequest;
import com.google.iam.admin.v1.ServiceAccount;
import dev.secureprediction.operator.cloud.Change;
import dev.secureprediction.operator.cloud.CloudException;
import dev.secureprediction.operator.cloud.DesiredCloud;
import dev.secureprediction.operator.cloud.DesiredServiceAccount;
import dev.secureprediction.operator.cloud.Outcome;
import dev.secureprediction.operator.cloud.Owner;
import dev.secureprediction.operator.cloud.Ownership;
import dev.secureprediction.operator.cloud.PolicyTarget;

/** Makes one change. What is already so, or already gone, is done. */
final class CloudWriter {

    private static final Outcome DONE = new Outcome.Done();

    private final GoogleClients clients;
    private final PolicyStores policies;
    private final PolicyTurns turns;
    private final PolicyEditor editor = PolicyEditor.patient();
    private final EndpointWriter endpoints;

    CloudWriter(GoogleClients clients, PolicyTurns turns) {
        this.clients = clients;
        this.turns = turns;
        this.policies = new PolicyStores(clients);
        this.endpoints = new EndpointWriter(clients);
    }

    Outcome apply(DesiredCloud desired, Change change) {
        return switch (change) {
            case Change.Create.Account create -> createAccount(create.account(), desired.owner());
            case Change.Create.Endpoint create -> endpoints.create(create.endpoint(), desired.owner());
            case Change.Create.Deployment create -> endpoints.deploy(create);
            case Change.Update.EndpointMetadata update -> endpoints.label(update);
            case Change.Update.Replicas update -> endpoints.resize(update);
            case Change.Update.TrafficSplit update -> endpoints.split(update);
            case Change.Delete.Deployment delete -> endpoints.undeploy(delete);
            case Change.Delete.Endpoint delete -> endpoints.delete(delete.endpointId());
            case Change.Delete.Key delete -> deleteKey(delete.name());
            case Change.Delete.Account delete -> deleteAccount(delete.email());
            case Change.Grant grant -> grant(grant);
            case Change.Revoke revoke -> revoke(revoke);
        };
    }

    /**
     * A deleted account is never undeleted: it would come back with every grant that anybody ever gave it. A new one
     * has another uid, so what was bound to the old one says nothing about it.
     */
    private Outcome createAccount(DesiredServiceAccount account, Owner owner) {
        CreateServiceAccountRequest request = CreateServiceAccountRequest.newBuilder()
                .setName(clients.names().project())
                .setAccountId(account.accountId())
                .setServiceAccount(ServiceAccount.newBuilder()
                        .setDisplayName(account.displayName())
                        .setDescription(Ownership.description(owner)))
                .build();
        String name = clients.names().account(account.email());
        try {
            GoogleErrors.calling(clients.scope(), name, () -> clients.iam().createServiceAccount(request));
            return DONE;
        } catch (CloudException.Conflict e) {
            // reads are eventually consistent: it was made a moment ago, whose it is the next round sees
            throw new CloudException.Propagating(name + " exists but is not seen yet");
        }
    }

    private Outcome deleteAccount(String email) {
        String name = clients.names().account(email);
        GoogleErrors.reading(clients.scope(), name, () -> {
            clients.iam().deleteServiceAccount(name);
            return DONE;
        });
        return DONE;
    }

    private Outcome deleteKey(String name) {
        GoogleErrors.reading(clients.scope(), name, () -> {
            clients.iam().deleteServiceAccountKey(name);
            return DONE;
        });
        return DONE;
    }

    private Outcome grant(Change.Grant grant) {
        try {
            turns.alone(named(grant.target()), () -> editor.grant(policies.of(grant.target()), grant.binding()));
            return DONE;
        } catch (CloudException.NotFound e) {
            // what is granted on was there or made a moment ago
            throw new CloudException.Propagating(grant.target().display() + " is not seen yet");
        }
    }

    private Outcome revoke(Change.Revoke revoke) {
        try {
            turns.alone(named(revoke.target()), () -> editor.revoke(policies.of(revoke.target()), revoke.binding()));
            return DONE;
        } catch (CloudException.NotFound e) {
            return DONE;
        }
    }

    private String named(PolicyTarget target) {
        return clients.scope().project() + "/" + target.display();
    }
}
