using Microsoft.Data.Analysis;

namespace CxrLab.Data;

public sealed partial class CxrIndex
{
    /// <summary>
    /// The table as a data frame for exploring: image, patient, followUp, view, age, sex, boxes, source, then one column per
    /// finding with 1 positive, 0 negative, -1 uncertain and null missing.
    /// </summary>
    public DataFrame ToDataFrame()
    {
        var frame = new DataFrame(
            new StringDataFrameColumn("image", Records.Select(record => record.ImageId)),
            new StringDataFrameColumn("patient", Records.Select(record => record.PatientId)),
            new Int32DataFrameColumn("followUp", Records.Select(record => record.FollowUp)),
            new StringDataFrameColumn("view", Records.Select(record => record.View.ToString())),
            new DoubleDataFrameColumn("age", Records.Select(record => record.Age)),
            new StringDataFrameColumn("sex", Records.Select(record => record.Sex.ToString())),
            new Int32DataFrameColumn("boxes", Records.Select(record => record.Boxes.Count)),
            new StringDataFrameColumn("source", Records.Select(record => record.Source)));
        for (int k = 0; k < Labels.Count; k++)
        {
            int column = k;
            frame.Columns.Add(new Int32DataFrameColumn(Labels[k], Records.Select(record => Number(record.Labels[column]))));
        }

        return frame;
    }

    private static int? Number(LabelState state) => state switch
    {
        LabelState.Positive => 1,
        LabelState.Negative => 0,
        LabelState.Uncertain => -1,
        _ => null,
    };
}
