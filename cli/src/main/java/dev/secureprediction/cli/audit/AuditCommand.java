package dev.secureprediction.cli.audit;

import picocli.CommandLine.Command;

/** Groups what can be done with audit logs. */
@Command(
        name = "audit",
        description = "Checks audit logs of gateways.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = VerifyCommand.class)
public final class AuditCommand {}
