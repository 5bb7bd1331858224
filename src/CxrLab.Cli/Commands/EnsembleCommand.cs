using System.CommandLine;
using CxrLab.Ensembling;

namespace CxrLab.Cli.Commands;

/// <summary><c>cxrlab ensemble</c>: several models' predictions into one.</summary>
internal static class EnsembleCommand
{
    internal static Command Create()
    {
        string all = string.Join(", ", EnsembleCatalog.Fixed.Keys.Concat(EnsembleCatalog.Fitted.Keys));
        var predictions = new Argument<string[]>("pred") { Description = "PRED.csv of each member, with the same images and findings.", Arity = ArgumentArity.OneOrMore };
        var method = new Option<string>("--method") { Description = $"{all}. {string.Join(" and ", EnsembleCatalog.Fitted.Keys)} learn from --validation.", DefaultValueFactory = _ => "mean" };
        method.AcceptOnlyFromAmong([.. EnsembleCatalog.Fixed.Keys, .. EnsembleCatalog.Fitted.Keys]);
        var validation = new Option<string?>("--validation") { Description = "TRUTH.csv of validation images. The members must predict them too; OUT holds the other images only." };
        var output = new Option<string>("--out") { Description = "PRED.csv to write.", Required = true };
        var command = new Command("ensemble", "Combine the predictions of several models. What is learned is learned from validation images alone.") { predictions, method, validation, output };
        command.SetAction(parsed => CommandLine.Guarded(() =>
        {
            string[] files = parsed.GetRequiredValue(predictions);
            if (files.Distinct(StringComparer.Ordinal).Count() < files.Length) throw new UsageException("A table of predictions is named twice; each member counts once.");
            Members members = Members.Of([.. files.Select(file => (file, Predictions.Load(file)))]);
            (IEnsemble ensemble, Members scored) = Chosen(parsed.GetRequiredValue(method), parsed.GetValue(validation), members);
            Predictions combined = ensemble.Combine(scored);
            combined.Save(parsed.GetRequiredValue(output));
            if (ensemble is WeightedMean weighted)
                Console.WriteLine("weights: " + string.Join(", ", weighted.Weights.Zip(members.Names, (weight, name) => FormattableString.Invariant($"{name} {weight:F3}"))));
            Console.WriteLine($"{ensemble.Name} of {files.Length} members on {combined.Images.Count} images written to {parsed.GetRequiredValue(output)}");
            return CommandLine.Done;
        }));
        return command;
    }

    private static (IEnsemble Ensemble, Members Scored) Chosen(string method, string? validation, Members members)
    {
        if (EnsembleCatalog.Fixed.TryGetValue(method, out IEnsemble? rule))
            return validation is null ? (rule, members) : throw new UsageException($"'{method}' learns nothing, so --validation has no meaning; leave it out.");
        if (validation is null) throw new UsageException($"'{method}' learns from validation images; name their truth with --validation.");
        ValidationPart part = ValidationPart.OfValidationTable(Truth.Load(validation), members);
        Members rest = members.Without(part);
        if (rest.Images.Count == 0) throw new UsageException("All predicted patients are in the validation part; there is nobody left to predict.");
        return (EnsembleCatalog.Fitted[method].Fit(part), rest);
    }
}
