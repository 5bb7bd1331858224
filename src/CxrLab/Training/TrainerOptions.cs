namespace CxrLab.Training;

/// <summary>How a model is trained. All of it goes into a checkpoint, and a resumed run must ask for the same.</summary>
public sealed record TrainerOptions
{
    /// <summary>Passes over the training part.</summary>
    public int Epochs { get; init; } = 20;

    /// <summary>Peak learning rate of AdamW.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Decoupled weight decay (Loshchilov and Hutter, ICLR 2019).</summary>
    public double WeightDecay { get; init; } = 1e-2;

    /// <summary>Share of all steps in which the learning rate rises to its peak; afterwards it falls along a cosine to zero.</summary>
    public double WarmUp { get; init; } = 0.1;

    /// <summary>Gradients are scaled down to this norm where they exceed it.</summary>
    public double GradientNorm { get; init; } = 5;

    /// <summary>
    /// How often the learning rate falls to zero and starts again; at the end of each fall stands a snapshot worth keeping for an ensemble (Huang
    /// et al., ICLR 2017). 1 falls once.
    /// </summary>
    public int Cycles { get; init; } = 1;

    /// <summary>Epochs without a better validation loss after which training stops; null trains to the end.</summary>
    public int? Patience { get; init; }

    /// <summary>Seed of everything random inside the model, such as dropout.</summary>
    public int Seed { get; init; }

    /// <summary>Learning rate at a step: a function of the step alone, so that a resumed run goes on exactly.</summary>
    /// <param name="step">From 0.</param>
    /// <param name="steps">Steps of the whole run.</param>
    public double LearningRateAt(long step, long steps)
    {
        double warm = Math.Max(1, WarmUp * steps);
        if (step < warm) return LearningRate * (step + 1) / warm;
        double done = Math.Min(1, (step - warm) / Math.Max(1, steps - warm)) * Cycles;
        double inCycle = done >= Cycles ? 1 : done - Math.Floor(done);
        return LearningRate * 0.5 * (1 + Math.Cos(Math.PI * inCycle));
    }

    internal void Check()
    {
        if (Epochs < 1 || LearningRate <= 0 || WeightDecay < 0 || GradientNorm <= 0 || WarmUp is < 0 or >= 1 || Patience is < 1 || Cycles < 1)
            throw new ArgumentOutOfRangeException(nameof(TrainerOptions), $"Epochs, learning rate, gradient norm, patience and cycles must be positive, warm-up a share below 1; got {this}.");
    }
}
