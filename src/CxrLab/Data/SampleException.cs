namespace CxrLab.Data;

/// <summary>An image of an index couldn't be prepared; the message names the record and the cause.</summary>
public sealed class SampleException : Exception
{
    /// <param name="index">Name of the index.</param>
    /// <param name="position">Position of the record in it.</param>
    /// <param name="record">The record.</param>
    /// <param name="inner">What went wrong.</param>
    public SampleException(string index, int position, CxrRecord record, Exception inner)
        : base($"Record {position} of '{index}' ({record.ImageId}, patient {record.PatientId}): {inner.Message}", inner) => Record = record;

    /// <summary>The record.</summary>
    public CxrRecord Record { get; }
}
