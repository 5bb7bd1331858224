namespace CxrLab.Training;

/// <summary>Training can't go on or can't be resumed; the message says where and what to do.</summary>
public sealed class TrainingException : Exception
{
    /// <param name="message">Where it happened, what was found, what to do.</param>
    /// <param name="inner">The cause, if there is one.</param>
    public TrainingException(string message, Exception? inner = null) : base(message, inner) { }
}
