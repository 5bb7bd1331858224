using CxrLab.Data;
using CxrLab.Models;
using CxrLab.Training;
using Device = TorchSharp.torch.Device;

namespace CxrLab.Cli.Training;

/// <summary>Training inside a run folder: begun anew or resumed, logged after every epoch, its best weights kept.</summary>
internal sealed class FolderTraining(RunConfig config, RunFolder folder, bool resume, Device device)
{
    /// <summary>Checks that the folder is free, or holds the run that is to be resumed.</summary>
    /// <exception cref="UsageException">It isn't.</exception>
    internal void Prepare()
    {
        bool begun = File.Exists(folder.Config);
        if (!resume && begun) throw new UsageException($"{folder.Path} holds a run already; choose another --out, or go on with --resume.");
        if (!resume) return;
        if (!begun) throw new UsageException($"{folder.Path} holds no run to resume.");
        if (File.ReadAllText(folder.Config).Trim() != config.ToJson()) throw new UsageException($"{folder.Config} says other settings than this command; resume with the same ones.");
    }

    /// <summary>Trains and returns the model, which the caller owns.</summary>
    internal CxrModel Train(CxrIndex train, CxrIndex? validation, CancellationToken cancellation)
    {
        CxrModel model = config.StartModel(loaded => Console.WriteLine($"  begun with {config.InitialWeights}: {loaded}"));
        using var trainer = new Trainer(model, config.CreateLoss(train), config.TrainLoader(train), validation is { Count: > 0 } ? config.EvaluationLoader(validation) : null, config.Trainer, device) { CheckpointPath = folder.Checkpoint };
        if (resume && File.Exists(folder.Checkpoint))
        {
            trainer.Resume(folder.Checkpoint);
            Console.WriteLine($"  resumed after epoch {trainer.Reports.Count}");
        }

        foreach (EpochReport report in trainer.Run(cancellation))
        {
            Console.WriteLine("  " + report.Line);
            folder.WriteLog(trainer.Reports);
        }

        folder.SaveBest(model, config);
        return model;
    }
}
